import { balanceSpeech } from './speech.js';

const zone = 'Europe/Moscow';
const now = new Date('2026-11-22T12:00:00Z');
const balance = (availableHundredths: bigint, expiring: { pointsHundredths: bigint; at: Date }[] = []) => ({
  ...{ availableHundredths, heldHundredths: 0n, expiring },
});

describe('what the hotline says', () => {
  it.each([
    [100n, 'На вашей карте 1 балл.'],
    [200n, 'На вашей карте 2 балла.'],
    [1250n, 'На вашей карте 12,50 балла.'],
    [128_400n, 'На вашей карте 1 284 балла.'],
    [0n, 'Баллов на вашей карте пока нет.'],
    [-1050n, 'Баллов на карте нет: после возврата покупки программе причитается 10,50 балла.'],
  ])('%s hundredths', (hundredths, speech) => {
    expect(balanceSpeech(balance(hundredths), zone, now)).toBe(speech);
  });

  it('names what burns next, with its day in the zone of the programme', () => {
    const at = new Date('2026-12-13T21:00:00Z');
    expect(balanceSpeech(balance(12_000n, [{ pointsHundredths: 500n, at }]), zone, now)).toBe(
      'На вашей карте 120 баллов. До 13 декабря включительно нужно потратить 5 баллов, потом они сгорят.',
    );
  });
});
