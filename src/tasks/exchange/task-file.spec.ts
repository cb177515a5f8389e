import type { StoredTask, TaskDetails } from '../operator-task.js';
import { taskFile } from './task-file.js';

function taskOf(number: string, details: TaskDetails): StoredTask {
  const none = { line_id: '', assignee_id: null, sent_at: null, closed_at: null, reference: null };
  const times = {
    due_at: '2026-06-15T12:00:00Z',
    promised_at: '2026-06-15 15:00:00+03',
    created_at: '2026-06-15T08:00:00Z',
  };
  return {
    ...{
      id: number,
      number,
      revision: 2,
      operator_id: '',
      kind: details.kind,
      details,
      channel: 'files',
      state: 'sent',
    },
    ...{ attempts: 1, ...times, ...none },
  };
}

describe('the file of tasks', () => {
  it('says of each what its kind needs, safe in a spreadsheet, with every figure whole', () => {
    const file = taskFile([
      taskOf('20001', { kind: 'activate', number: '+79211234567', tariff: '=HYPERLINK("x";"y")' }),
      taskOf('20002', { kind: 'replace_sim', number: '+79211234568', simId: '', iccid: '8970102000000000017' }),
      taskOf('20003', {
        ...{ kind: 'port', number: '+79211234569', ported: '+79000000001', donor: '-Билайн', from: '2026-07-01' },
      }),
    ]);
    expect(file.toString()).toBe(
      '\ufefftask;attempt;kind;number;tariff;iccid;ported_number;donor;from;through;due\r\n' +
        `20001;1;activate;79211234567;"'=HYPERLINK(""x"";""y"")";;;;;;2026-06-15T12:00:00Z\r\n` +
        '20002;1;replace_sim;79211234568;;8970102000000000017;;;;;2026-06-15T12:00:00Z\r\n' +
        "20003;1;port;79211234569;;;79000000001;'-Билайн;2026-07-01;;2026-06-15T12:00:00Z\r\n",
    );
  });
});
