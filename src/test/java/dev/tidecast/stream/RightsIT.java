package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Pipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that refuses what an access rule denies. */
class RightsIT {
    private static Broker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startBroker() {
        broker = new Broker(Map.of(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found", "true"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void withoutTheRightOnItsGroupAPipelineDoesNotStart() throws Exception {
        deny(ResourceType.GROUP, "groupless", AclOperation.READ);
        refused("groupless", "grant Read on group groupless");
    }

    @Test
    void withoutTheRightOnItsTransactionsAPipelineDoesNotStart() throws Exception {
        deny(ResourceType.TRANSACTIONAL_ID, "idless-", AclOperation.WRITE);
        refused("idless", "grant Write and Describe on transactional ids that begin with idless-");
        deny(ResourceType.TRANSACTIONAL_ID, "blind-", AclOperation.DESCRIBE);
        refused("blind", "grant Write and Describe on transactional ids that begin with blind-");
    }

    @Test
    void whoWritesWithoutTransactionsNeedsNoRightOnThem() throws Exception {
        deny(ResourceType.TRANSACTIONAL_ID, "plain-", AclOperation.WRITE);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            new Rights("plain", admin).check(false);
        }
    }

    @Test
    void withAllRightsItStarts() throws Exception {
        try (Meters meters = new Meters();
                ForecastStream stream = new ForecastStream(pipeline("free"), meters)) {
            stream.start();
            broker.awaitMembers("free", 1, Duration.ofSeconds(60));
            assertThat(stream.failure()).isEmpty();
        }
    }

    private void refused(String name, String cure) {
        try (Meters meters = new Meters();
                ForecastStream stream = new ForecastStream(pipeline(name), meters)) {
            assertThatExceptionOfType(StartException.class)
                    .isThrownBy(stream::start)
                    .withMessageEndingWith(cure);
            assertThat(stream.health().state()).isEqualTo("NOT_RUNNING");
        }
    }

    private Pipeline pipeline(String name) {
        broker.createTopic(name + "-in", 1);
        return Pipelines.onBroker(
                Pipelines.read(
                        Pipelines.RECORD_KEY,
                        "pipeline: meters",
                        "pipeline: " + name,
                        "topic: readings",
                        "topic: " + name + "-in"),
                broker.bootstrap(),
                folder);
    }

    private static void deny(ResourceType type, String prefix, AclOperation operation) throws Exception {
        AclBinding rule = new AclBinding(
                new ResourcePattern(type, prefix, PatternType.PREFIXED),
                new AccessControlEntry("User:ANONYMOUS", "*", operation, AclPermissionType.DENY));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createAcls(List.of(rule)).all().get();
        }
    }
}
