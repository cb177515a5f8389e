import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

export class DownloadDto {
  @IsIn(['csv', 'xlsx'])
  format!: 'csv' | 'xlsx';

  /** Which of the tables; a workbook holds them all. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  section?: string;
}
