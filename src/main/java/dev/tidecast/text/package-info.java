/** Text as others write it: times and CSV lines. The stream, data files and the pipeline's own files read it here. */
@NullMarked
package dev.tidecast.text;

import org.jspecify.annotations.NullMarked;
