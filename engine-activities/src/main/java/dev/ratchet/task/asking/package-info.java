/** What tasks that wait for somebody have in common: whom they tell, how long they wait, what follows. */
@NullMarked
package dev.ratchet.task.asking;

import org.jspecify.annotations.NullMarked;
