interface Named {
  surname: string | null;
  name: string | null;
  patronymic?: string | null;
}

/** «Иванова Анна Сергеевна», as far as it is known; null where nothing is. */
export function fullName({ surname, name, patronymic }: Named): string | null {
  return [surname, name, patronymic].filter(Boolean).join(' ') || null;
}
