import { readAnswerFile } from './answer-file.js';

const ZONE = 'Europe/Moscow';
const read = (text: string) => readAnswerFile(Buffer.from(text), ZONE);

describe('a file of answers', () => {
  it('is read row by row, whatever the order of its columns', () => {
    const file = read(
      '\ufeffresult;task;message;at;reference\r\nDONE;20001;"Готово; всё";15.06.2026 14:38;A-7\r\nfailed;20002;;;\r\n',
    );
    expect(file).toEqual({
      rows: 2,
      faults: [],
      answers: [
        {
          ...{ line: 2, task: '20001', result: 'done', attempt: null, reference: 'A-7', message: 'Готово; всё' },
          saidAt: new Date('2026-06-15T14:38:00+03:00'),
        },
        { line: 3, task: '20002', result: 'failed', attempt: null, reference: null, message: null, saidAt: null },
      ],
    });
  });

  it.each([
    ['commas', 'task,result\n1,done'],
    ['tabs', 'task\tresult\n1\tdone'],
    ['lines that end the old way', 'task;result\r1;done'],
  ])('may have %s', (_name, text) => {
    expect(read(text).answers).toMatchObject([{ task: '1', result: 'done' }]);
  });

  it('may be in the code page of Windows', () => {
    const words = Buffer.from([0xcd, 0xe5, 0xf2]);
    const bytes = Buffer.concat([Buffer.from('task;result;message\r\n1;refused;'), words]);
    expect(readAnswerFile(bytes, ZONE).answers).toMatchObject([{ message: 'Нет' }]);
  });

  it.each([
    ['', 'empty'],
    ['task;result\n', 'empty'],
    ['номер;итог\n1;done', 'columns'],
    ['task;result\n"1;done', 'broken'],
    ['PK\u0000\u0003', 'binary'],
    [`task;result\n${'1;done\n'.repeat(5001)}`, 'long'],
  ])('is refused as a whole where it is none (%#)', (text, code) => {
    expect(read(text)).toEqual({ rows: 0, answers: [], faults: [{ line: 0, code }] });
  });

  it('keeps its right rows beside its wrong ones', () => {
    const long = 'x'.repeat(101);
    const file = read(
      `task;result;attempt;at;reference\nabc;done;;;\n1;maybe;;;\n2;done;first;;\n3;done;;вчера;\n4;done;;;${long}\n5;done;1;2026-06-15T10:00:00Z;`,
    );
    expect(file.faults.map(({ line, code }) => `${line} ${code}`)).toEqual([
      ...['2 task', '3 result', '4 attempt', '5 at', '6 reference'],
    ]);
    expect(file.answers).toMatchObject([{ line: 7, task: '5', attempt: 1 }]);
  });
});
