import { IsIn } from 'class-validator';
import { NewPasswordForm } from '../../auth/dto/new-password.form.js';
import { CodeForm } from '../../auth/dto/code.form.js';
import { EXPORT_FORMATS, type ExportFormat } from './data-export.service.js';

export class ExportByPasswordForm extends NewPasswordForm {
  @IsIn(EXPORT_FORMATS)
  format!: ExportFormat;
}

export class ExportByCodeForm extends CodeForm {
  @IsIn(EXPORT_FORMATS)
  format!: ExportFormat;
}
