/**
 * The programme's own accounts, the other side of every movement of points. They carry no running balance, which would
 * make a thousand tills queue on one row: theirs is summed from the transfers.
 */
export const PROGRAMME = {
  /** Points come from here when they are earned. */
  issued: '00000000-0000-7000-8000-000000000001',
  /** Points go here when they pay for a purchase. */
  spent: '00000000-0000-7000-8000-000000000002',
  /** Points go here when nobody spent them in time. */
  burnt: '00000000-0000-7000-8000-000000000003',
} as const;
