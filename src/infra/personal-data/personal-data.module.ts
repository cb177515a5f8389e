import { Module } from '@nestjs/common';
import { PersonalData } from './personal-data.js';

@Module({ providers: [PersonalData], exports: [PersonalData] })
export class PersonalDataModule {}
