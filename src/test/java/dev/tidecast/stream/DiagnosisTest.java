package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.errors.LockException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private final Diagnosis diagnosis = new Diagnosis(Pipelines.recordKey());

    @Test
    void aMissingRightIsNamedWithWhatToGrant() {
        assertThat(says(new GroupAuthorizationException("meters"))).contains("grant Read on group meters");
        assertThat(says(new TransactionalIdAuthorizationException("x")))
                .contains("grant Write and Describe on transactional ids that begin with meters-");
        assertThat(says(new TopicAuthorizationException(Set.of("readings"))))
                .contains("refuse topics [readings]", "grant Read on readings");
        assertThat(says(new SaslAuthenticationException("bad password")))
                .contains("refuse the login (bad password)", "correct security.protocol");
    }

    @Test
    void aFolderThatCannotBeUsedIsNamed() {
        Throwable full = new ProcessorStateException("flush", new IOException("No space left on device"));
        assertThat(says(full)).contains("the disk of state.dir state is full: make room");
        assertThat(says(new IOException("Permission denied"))).contains("state.dir state cannot be written");
        assertThat(says(new LockException("0_1"))).contains("state.dir state is locked", "a folder of its own");
    }

    @Test
    void anotherProcessInTheSamePlaceIsNamed() {
        assertThat(says(new FencedInstanceIdException("x"))).contains("same group.instance.id");
        assertThat(says(new ProducerFencedException("x"))).contains("same transactional id", "state.dir of its own");
    }

    @Test
    void brokersAndTopicsThatAreGoneAreNamed() {
        assertThat(says(new TimeoutException("60 s"))).contains("127.0.0.1:9092 did not answer in time (60 s)");
        assertThat(says(new MissingSourceTopicException("gone"))).contains("a topic is gone (gone)", "readings");
        assertThat(says(new UnknownTopicOrPartitionException("x"))).contains("a topic is gone");
    }

    @Test
    void memoryThatIsUsedUpIsNamed() {
        assertThat(says(new OutOfMemoryError("Java heap space"))).contains("no memory left", "TIDECAST_JAVA_OPTS");
    }

    @Test
    void whatNobodyKnowsIsSaidAsItWasFirst() {
        assertThat(says(new IllegalStateException("two\n  lines")))
                .startsWith("java.lang.IllegalStateException: two lines: start again");
    }

    @Test
    void aCauseThatLeadsBackToItselfIsNoTrap() {
        Exception one = new Exception("one");
        one.initCause(new Exception("two", one));
        assertThat(diagnosis.of(one)).contains("java.lang.Exception");
    }

    private String says(Throwable cause) {
        String said = diagnosis.of(new StreamsException("task 0_0 failed", new RuntimeException(cause)));
        assertThat(said).doesNotContain("\n").contains(": ");
        return said;
    }
}
