// Copies a snippet; without script its text is there to be selected.
for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copy);
    const said = button.nextElementSibling;
    try {
      await navigator.clipboard.writeText(source.value);
      if (said) said.textContent = 'Copied.';
    } catch {
      // Browsers allow it over https alone: what is selected can be copied by hand.
      source.focus();
      source.select();
      if (said) said.textContent = 'Selected: copy it with your keyboard.';
    }
  });
}
