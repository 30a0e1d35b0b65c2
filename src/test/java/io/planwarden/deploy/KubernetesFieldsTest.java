package io.planwarden.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every field of the manifests is one of Kubernetes', where it stands: a cluster refuses others.
 */
class KubernetesFieldsTest {
  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "v1/Namespace", Namespace.class,
          "v1/ServiceAccount", ServiceAccount.class,
          "v1/ConfigMap", ConfigMap.class,
          "v1/Pod", Pod.class,
          "v1/Service", Service.class,
          "v1/PersistentVolumeClaim", PersistentVolumeClaim.class,
          "apps/v1/Deployment", Deployment.class,
          "batch/v1/Job", Job.class,
          "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
          "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class);

  /** The types of the Prometheus Operator are not among those of Kubernetes. */
  private static final String FOREIGN = "monitoring.coreos.com/v1/ServiceMonitor";

  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(new NoOtherMembers())
          .build();

  /** The model keeps members that it does not know; here they are to fail. */
  private static final class NoOtherMembers extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "overlays/sqlite",
        "overlays/postgresql",
        "examples/caller",
        "examples/confined",
        "examples/restore"
      })
  void fields_areThoseOfKubernetes(String folder) {
    for (Map<String, Object> object : Kustomization.render(Path.of("deploy", folder))) {
      String type = object.get("apiVersion") + "/" + object.get("kind");
      if (!type.equals(FOREIGN)) {
        assertThat(TYPES).containsKey(type);
        assertThatCode(() -> STRICT.convertValue(object, TYPES.get(type)))
            .as(type)
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void fieldThatIsMisspelt_isNoticed() {
    Map<String, Object> spec = Map.of("spec", Map.of("maxUnavailabel", 1));

    assertThatThrownBy(() -> STRICT.convertValue(spec, PodDisruptionBudget.class))
        .hasMessageContaining("maxUnavailabel");
  }
}
