import type { Request } from 'express';
import type { Visitors } from '../../infra/web/visitor.js';
import type { Applicant, Application } from './applications.service.js';
import type { ApplicationForm } from './dto/application.form.js';

export function applicantOf(req: Request, visitors: Visitors): Applicant {
  return { browser: visitors.recognise(req, req.res!), ip: req.ip ?? '', language: req.language };
}

/** What a form says of a person, without its boxes. */
export function applicationOf(form: ApplicationForm): Omit<Application, 'kind' | 'cardNumber'> {
  const { phone, mailings, surname, name, patronymic, birthDate, sex, email } = form;
  return { phone, mailings: mailings ?? false, person: { surname, name, patronymic, birthDate, sex, email } };
}
