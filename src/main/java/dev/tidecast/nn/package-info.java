/** Networks as static tapes of vector operations: the structure is shared and immutable, the numbers are passed in. */
@NullMarked
package dev.tidecast.nn;

import org.jspecify.annotations.NullMarked;
