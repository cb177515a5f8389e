import { readFileSync } from 'node:fs';

interface Locked {
  optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };

/** As Node looks for it: beside the package, then beside each package that holds it. */
function isLocked(name: string, from: string): boolean {
  const holders = from
    .split('/node_modules/')
    .map((_part, depth, parts) => parts.slice(0, depth + 1).join('/node_modules/'));
  return ['', ...holders].some((holder) => packages[`${holder && `${holder}/`}node_modules/${name}`]);
}

describe('package-lock.json', () => {
  it('names the packages of every platform, without which `npm ci` refuses it', () => {
    const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(name, from)),
    );
    expect(missing).toEqual([]);
  });
});
