// What scripts add to the pages of an attempt: answers are saved as they are given and never lost on the way.
// Each behaviour stands alone; if one fails to start, the others and the forms themselves still work.

import { startArranging } from "./arranging.js";
import { startAutosave } from "./autosave.js";
import { startEnding } from "./ending.js";
import { startFinish } from "./finish.js";
import { startFlags } from "./flags.js";
import { startForms } from "./forms.js";
import { startLeaving } from "./leaving.js";
import { startMatching } from "./matching.js";
import { startMirror } from "./mirror.js";
import { startNavigator } from "./navigator.js";
import { startOutcomes } from "./outcomes.js";
import { Page } from "./page.js";
import { startPresence } from "./presence.js";
import { startQuestionNotices } from "./question-notices.js";
import { startSaveState } from "./save-state.js";
import { startSigning } from "./signing.js";
import { startTimer } from "./timer.js";

const root = document.querySelector("[data-attempt]");

if (root) {
  const page = new Page(root);
  const behaviours = [
    startArranging,
    startMatching,
    startOutcomes,
    startNavigator,
    startFlags,
    startQuestionNotices,
    startSigning,
    startEnding,
    startForms,
    startLeaving,
    startFinish,
    startTimer,
    startSaveState,
    startMirror,
    startAutosave,
    startPresence,
    () => page.standing.start(),
    () => page.courier.start(),
  ];
  for (const start of behaviours) {
    try {
      start(page);
    } catch (error) {
      console.error(error);
    }
  }
}
