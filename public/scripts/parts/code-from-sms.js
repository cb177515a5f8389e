// The phone's browser offers to fill in the code of an SMS that names this host (WebOTP).
const field = document.querySelector('input[data-code]');

if (field && 'OTPCredential' in window) {
  const asked = new AbortController();
  field.form.addEventListener('submit', () => asked.abort());
  navigator.credentials
    .get({ otp: { transport: ['sms'] }, signal: asked.signal })
    .then(({ code }) => {
      field.value = code;
      field.form.requestSubmit();
    })
    .catch(() => undefined);
}
