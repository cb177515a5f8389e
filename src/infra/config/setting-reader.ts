import { readFileSync } from 'node:fs';
import { SETTINGS, type Setting, type SettingName } from './settings.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** All that is wrong with the settings, at once. */
export class ConfigFaults extends Error {
  constructor(readonly faults: string[]) {
    super(
      `The settings are not right:\n${faults.map((fault) => `  - ${fault}`).join('\n')}\n.env.example explains every setting.`,
    );
  }
}

/** Reads settings one by one and gathers what is wrong with them instead of stopping at the first. */
export class SettingReader {
  readonly faults: string[] = [];

  constructor(private readonly environment: Environment) {}

  /** As given, else the default; an empty value counts as not given. */
  text(name: SettingName): string {
    return this.given(name) ?? SETTINGS.find((setting) => setting.name === name)!.fallback;
  }

  given(name: SettingName): string | undefined {
    const setting: Setting = SETTINGS.find((candidate) => candidate.name === name)!;
    const value = this.environment[name]?.trim() || undefined;
    const path = setting.secret ? this.environment[`${name}_FILE`]?.trim() : undefined;
    if (!path) return value;
    if (value !== undefined) this.fault(`${name} and ${name}_FILE are both set; keep one`);
    return this.fileText(`${name}_FILE`, path);
  }

  integer(name: SettingName, from: number, to: number, fallback?: number): number {
    const text = this.text(name);
    if (text === '' && fallback !== undefined) return fallback;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= from && value <= to) return value;
    this.fault(`${name} must be a whole number from ${from} to ${to}, not “${text}”`);
    return from;
  }

  /** `21:00` as minutes after midnight. */
  minuteOfDay(name: SettingName): number {
    const text = this.text(name);
    const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
    if (hour === undefined) this.fault(`${name} must be a time such as 21:00, not “${text}”`);
    return Number(hour ?? 0) * 60 + Number(minute ?? 0);
  }

  boolean(name: SettingName): boolean {
    const text = this.text(name).toLowerCase();
    if (['1', 'true', 'yes'].includes(text)) return true;
    if (!['0', 'false', 'no'].includes(text)) this.fault(`${name} must be true or false, not “${text}”`);
    return false;
  }

  oneOf<Choice extends string>(name: SettingName, choices: readonly Choice[], fallback: Choice): Choice {
    const text = this.text(name) || fallback;
    const choice = choices.find((candidate) => candidate === text);
    if (choice === undefined) this.fault(`${name} must be one of ${choices.join(', ')}, not “${text}”`);
    return choice ?? fallback;
  }

  list(name: SettingName): string[] {
    return this.text(name)
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
  }

  /** An address of one of these schemes; its value never appears in the fault, since it may hold a password. */
  url(name: SettingName, schemes: readonly string[]): string | undefined {
    const text = this.given(name);
    if (text === undefined) return undefined;
    const scheme = /^([a-z]+):\/\//.exec(text)?.[1];
    if (scheme && schemes.includes(scheme) && URL.canParse(text)) return text;
    this.fault(`${name} must be an address that begins with ${schemes.map((known) => `${known}://`).join(' or ')}`);
    return undefined;
  }

  fault(message: string): void {
    this.faults.push(message);
  }

  private fileText(name: string, path: string): string | undefined {
    try {
      return readFileSync(path, 'utf8').trim() || undefined;
    } catch (error) {
      this.fault(`${name}: cannot read ${path} (${(error as NodeJS.ErrnoException).code})`);
      return undefined;
    }
  }
}
