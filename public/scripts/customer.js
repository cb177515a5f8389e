import './parts/session-end.js';
import './parts/drafts.js';
import './parts/fields.js';
import './parts/submit-once.js';
import './parts/keep-awake.js';
import './parts/code-from-sms.js';
import './parts/forget-card.js';
import './parts/kept-card.js';
