import { Global, Module } from '@nestjs/common';
import { StartHooks } from './start-hooks.js';

@Global()
@Module({ providers: [StartHooks], exports: [StartHooks] })
export class StartModule {}
