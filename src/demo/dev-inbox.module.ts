import { Module } from '@nestjs/common';
import { DevInboxController } from './dev-inbox.controller.js';
import { DevInbox } from './dev-inbox.service.js';

@Module({ controllers: [DevInboxController], providers: [DevInbox] })
export class DevInboxModule {}
