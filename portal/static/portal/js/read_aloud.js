// Reads the Polish name of a term aloud, with a Polish voice of the device itself: a voice of a
// service would send the word away. Where there is none the button stays hidden.
const place = document.querySelector("[data-read-aloud]");

if (place && "speechSynthesis" in window) {
  const synthesis = window.speechSynthesis;
  const button = place.querySelector("button");
  const word = button.querySelector('[lang="pl"]').textContent;
  // It grows over its line instead of making it higher, so that nothing moves when it comes.
  button.style.marginBlock = "-0.75rem";

  const polishVoice = () =>
    synthesis.getVoices().find((voice) => voice.localService && /^pl\b/i.test(voice.lang));
  const show = () => {
    place.hidden = !polishVoice();
  };
  show();
  // Some browsers learn of their voices only after the page has loaded.
  synthesis.addEventListener?.("voiceschanged", show);

  let isSpeaking = false;
  button.addEventListener("click", () => {
    const voice = polishVoice();
    synthesis.cancel();
    if (isSpeaking || !voice) {
      isSpeaking = false;
      return;
    }
    const utterance = new SpeechSynthesisUtterance(word);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    // What was stopped may report its end only after the next one has begun.
    const ended = () => {
      if (current === utterance) isSpeaking = false;
    };
    utterance.addEventListener("end", ended);
    utterance.addEventListener("error", ended);
    current = utterance;
    isSpeaking = true;
    synthesis.speak(utterance);
  });
  let current;
  addEventListener("pagehide", () => synthesis.cancel());
}
