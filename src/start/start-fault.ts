/** Why a process cannot start, in words for whoever started it. */
export class StartFault extends Error {}
