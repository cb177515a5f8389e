import './parts/session-end.js';
import './parts/drafts.js';
import './parts/fields.js';
import './parts/submit-once.js';
import './parts/keys.js';
import './parts/copy.js';
import './parts/menu.js';
