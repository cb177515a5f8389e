// On a phone the menu is one line that slides: where the reader stands comes into sight.
document.querySelector('.desk__menu [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
