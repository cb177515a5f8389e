import { Injectable } from '@nestjs/common';

/** What a room wants done when the all-in-one process starts: the demo builds its world here. */
export interface StartHook {
  /** Before the first request is taken. */
  beforeListening(): Promise<void>;
  /** Lines to print when everything is ready: where to go and how to log in. */
  banner(): Promise<readonly string[]>;
}

/** Rooms add themselves in onModuleInit. */
@Injectable()
export class StartHooks implements StartHook {
  private readonly hooks: StartHook[] = [];

  add(hook: StartHook): void {
    this.hooks.push(hook);
  }

  async beforeListening(): Promise<void> {
    for (const hook of this.hooks) await hook.beforeListening();
  }

  async banner(): Promise<readonly string[]> {
    return (await Promise.all(this.hooks.map((hook) => hook.banner()))).flat();
  }
}
