package dev.tidecast.stream;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/**
 * The rights of a pipeline on its group and its transactional ids, checked before its first thread starts: without them
 * every thread would die. Brokers do not tell rights on a group or an id that does not exist yet, so each is tried with
 * a request that needs it and changes nothing: the removal of a member nobody is, the fencing of an id nobody uses.
 */
final class Rights {
    private static final String NOBODY = "rights-check";

    private final String pipeline;
    private final Admin admin;

    Rights(String pipeline, Admin admin) {
        this.pipeline = pipeline;
        this.admin = admin;
    }

    /**
     * A {@link StartException} names the right to grant.
     *
     * @param transactions whether the pipeline writes in transactions
     */
    void check(boolean transactions) {
        RemoveMembersFromConsumerGroupOptions nobody =
                new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove(NOBODY)));
        if (isRefused(
                admin.removeMembersFromConsumerGroup(pipeline, nobody).all(), GroupAuthorizationException.class)) {
            throw new StartException(group(pipeline));
        }
        if (transactions
                && isRefused(
                        admin.fenceProducers(List.of(pipeline + "-" + NOBODY)).all(),
                        TransactionalIdAuthorizationException.class)) {
            throw new StartException(transactions(pipeline));
        }
    }

    static String group(String pipeline) {
        return "the brokers do not let this user read as group " + pipeline + ": grant Read on group " + pipeline;
    }

    static String transactions(String pipeline) {
        return "the brokers do not let this user write in transactions: grant Write and Describe on transactional ids"
                + " that begin with " + pipeline + "-";
    }

    // Whatever else goes wrong is no matter of rights: that nobody is no member is as it should be.
    private static boolean isRefused(KafkaFuture<?> answer, Class<? extends Throwable> refusal) {
        try {
            Brokers.answer(answer);
            return false;
        } catch (ExecutionException e) {
            return Diagnosis.causes(e).stream().anyMatch(refusal::isInstance);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while checking the rights", e);
        }
    }
}
