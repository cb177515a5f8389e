// What this device keeps for when the network is away: the card as it was last shown, and the key of its codes.
const NAME = 'card';
const STORE = 'kept';

function open() {
  return new Promise((resolve, reject) => {
    const asked = window.indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function ask(mode, work) {
  const db = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = db.transaction(STORE, mode);
      const asked = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    db.close();
  }
}

/** `card`: what is shown. `device`: the key, which no script can read back. */
export const read = (name) => ask('readonly', (store) => store.get(name));
export const write = (name, value) => ask('readwrite', (store) => store.put(value, name));
export const forget = (name) => ask('readwrite', (store) => store.delete(name));
export const forgetAll = () => ask('readwrite', (store) => store.clear());
