package dev.tidecast.serve;

/**
 * A mistake of the caller: the message says what is wrong with the question and what would be right. Only {@link Query}
 * and {@link Routes} throw it, and {@link HttpSide} answers it with 400. Any other exception is a defect of ours.
 */
final class WrongQuestion extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongQuestion(String message) {
        super(message);
    }
}
