import { Module } from '@nestjs/common';
import { Ledger } from './ledger.service.js';
import { LedgerProof } from './ledger-proof.service.js';

@Module({ providers: [Ledger, LedgerProof], exports: [Ledger, LedgerProof] })
export class LedgerModule {}
