// Unpacks the browser into TMPDIR (a process of its own, for the package settles its paths and the environment on import).
import chromium from '@sparticuz/chromium';

await chromium.executablePath();
