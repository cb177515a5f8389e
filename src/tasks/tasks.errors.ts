import { DomainError } from '../shared/domain-error.js';

export class TaskNotFound extends DomainError {
  constructor() {
    super('task_not_found', 'not_found');
  }
}

/** It is not what whoever sent the form had seen: a colleague or the operator was quicker. */
export class TaskChanged extends DomainError {
  constructor() {
    super('task_changed', 'conflict');
  }
}

/** What was asked for does not follow upon the task's present state. */
export class TaskStateForbids extends DomainError {
  constructor() {
    super('task_state_forbids', 'conflict');
  }
}

/** It is not done before the day that was agreed upon, whatever somebody says; the day as people read it. */
export class TaskTooEarly extends DomainError {
  constructor(day: string) {
    super('task_too_early', 'conflict', { day: day.split('-').reverse().join('.') });
  }
}

/** The operator is still busy with an earlier wish for the same line. */
export class TaskInFlight extends DomainError {
  constructor() {
    super('task_in_flight', 'conflict');
  }
}

export class ProofNotFound extends DomainError {
  constructor() {
    super('task_proof_not_found', 'not_found');
  }
}

/** The words were changed by a colleague since the form was opened. */
export class InstructionChanged extends DomainError {
  constructor() {
    super('task_instruction_changed', 'conflict');
  }
}

/** How the operator is reached was changed by a colleague since the form was opened. */
export class ChannelChanged extends DomainError {
  constructor() {
    super('task_channel_changed', 'conflict');
  }
}

export class OperatorFileNotFound extends DomainError {
  constructor() {
    super('operator_file_not_found', 'not_found');
  }
}
