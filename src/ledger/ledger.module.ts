import { Module } from '@nestjs/common';
import { BooksProof } from './books-proof.service.js';
import { Ledger } from './ledger.service.js';
import { LedgerProof } from './ledger-proof.service.js';

@Module({ providers: [Ledger, LedgerProof, BooksProof], exports: [Ledger, LedgerProof, BooksProof] })
export class LedgerModule {}
