import { activity } from './activity.report.js';
import { breakage } from './breakage.report.js';
import { liability } from './liability.report.js';
import { members } from './members.report.js';
import type { ReportKind } from './report.js';
import { rules } from './rules.report.js';

/** Every report there is, in the order of the menu. */
export const REPORTS: readonly ReportKind[] = [liability, activity, rules, members, breakage];
