/** The broker inside the process, broker processes for tests of failures, and the sample streams of the demo. */
@NullMarked
package dev.tidecast.embedded;

import org.jspecify.annotations.NullMarked;
