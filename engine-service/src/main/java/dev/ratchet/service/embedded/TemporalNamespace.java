package dev.ratchet.service.embedded;

import com.google.protobuf.util.Durations;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.UpdateNamespaceRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What Ratchet needs of its namespace: search attributes, and closed runs kept long enough. */
public final class TemporalNamespace {
    /** The name by which embedded mode and the CLI's development server call theirs. */
    public static final String DEFAULT = "default";

    /** Never encrypted by Temporal: nothing private goes into these. */
    static final SortedMap<String, AttributeType> SEARCH_ATTRIBUTES = new TreeMap<>(Map.of(
            "RatchetState", AttributeType.KEYWORD,
            "RatchetOrganization", AttributeType.KEYWORD,
            "RatchetFailedTask", AttributeType.KEYWORD,
            "RatchetLabels", AttributeType.KEYWORD_LIST));

    /** The two types that we use, as the API and as the CLI call them. */
    enum AttributeType {
        KEYWORD(IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD, "Keyword"),
        KEYWORD_LIST(IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST, "KeywordList");

        private final IndexedValueType type;
        private final String cliName;

        AttributeType(IndexedValueType type, String cliName) {
            this.type = type;
            this.cliName = cliName;
        }

        String cliName() {
            return cliName;
        }
    }

    private TemporalNamespace() {}

    /**
     * Registers the search attributes that are missing. Doing it again changes nothing.
     *
     * @throws StatusRuntimeException if the server refuses or cannot be reached
     */
    public static void registerSearchAttributes(OperatorServiceStubs operator, String namespace) {
        Map<String, IndexedValueType> present = operator.blockingStub()
                .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                        .setNamespace(namespace)
                        .build())
                .getCustomAttributesMap();
        AddSearchAttributesRequest.Builder missing =
                AddSearchAttributesRequest.newBuilder().setNamespace(namespace);
        SEARCH_ATTRIBUTES.forEach((name, type) -> {
            if (!present.containsKey(name)) {
                missing.putSearchAttributes(name, type.type);
            }
        });
        if (missing.getSearchAttributesCount() > 0) {
            operator.blockingStub().addSearchAttributes(missing.build());
        }
    }

    /**
     * Sets how long closed runs are kept, where it is another time now. Servers that cannot change it are left alone.
     *
     * @throws StatusRuntimeException if the server refuses or cannot be reached
     */
    public static void keepClosedRuns(WorkflowServiceStubs service, String namespace, Duration retention) {
        com.google.protobuf.Duration wanted = Durations.fromMillis(retention.toMillis());
        NamespaceConfig present = service.blockingStub()
                .describeNamespace(DescribeNamespaceRequest.newBuilder()
                        .setNamespace(namespace)
                        .build())
                .getConfig();
        if (present.getWorkflowExecutionRetentionTtl().equals(wanted)) {
            return;
        }
        try {
            service.blockingStub()
                    .updateNamespace(UpdateNamespaceRequest.newBuilder()
                            .setNamespace(namespace)
                            .setConfig(NamespaceConfig.newBuilder().setWorkflowExecutionRetentionTtl(wanted))
                            .build());
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
                throw refused;
            }
        }
    }
}
