import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

/** Chromium out of npm: needs nothing from the machine, neither libraries nor fonts. */
export async function launchChromium(args: string[] = []): Promise<Browser> {
  const folder = await unpacked();
  return chromium.launch({
    executablePath: `${folder}/chromium`,
    args: ['--font-render-hinting=none', '--disable-gpu', '--disable-dev-shm-usage', ...args],
    // Its own libraries, for its own process only.
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      LD_LIBRARY_PATH: `${folder}/al2023/lib`,
      FONTCONFIG_PATH: `${folder}/fonts`,
    },
  });
}

/** Unpacked once for a clone of the project; whoever comes second at the same time drops its copy. */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(await readFile('node_modules/@sparticuz/chromium/package.json', 'utf8'));
  const folder = resolve(`node_modules/.cache/chromium-${version}`);
  if (existsSync(folder)) return folder;

  const staging = `${folder}.${randomBytes(4).toString('hex')}`;
  await mkdir(staging, { recursive: true });
  await promisify(execFile)(process.execPath, ['test/support/unpack-chromium.mjs'], {
    // Named like this, the package brings the libraries that a bare machine lacks.
    env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  });
  await writeFile(`${staging}/fonts/fonts.conf`, fontsConf(folder));
  try {
    await rename(staging, folder);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>
`;
}
