package dev.tidecast.exam;

/**
 * When and how much a network goes on learning while an exam is streamed.
 *
 * @param every steps from one lesson to the next
 * @param from the first bucket with a lesson
 * @param frozen the bucket from which the weights of the frozen row stay as they are
 * @param passes how often training before the stream visits a step, at most: what comes after makes up for it
 * @param updates of each lesson
 * @param rate of these updates
 */
public record Lessons(int every, long from, long frozen, int passes, int updates, double rate) {}
