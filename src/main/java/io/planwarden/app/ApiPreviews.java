package io.planwarden.app;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The answers to dry runs, which every operation with that parameter has, always with 200. */
final class ApiPreviews {
  private static final String JSON = "application/json";
  private static final String OK = "200";
  private static final String DESCRIPTION = "what the change would do, if dryRun is asked for";

  private ApiPreviews() {}

  static void addTo(Operation operation, @Nullable Object example) {
    boolean dry =
        operation.getParameters() != null
            && operation.getParameters().stream().anyMatch(p -> p.getName().equals("dryRun"));
    if (!dry) {
      return;
    }
    Schema preview = OASFactory.createSchema().ref("#/components/schemas/Preview");
    MediaType type = OASFactory.createMediaType();
    APIResponse answer = operation.getResponses().getAPIResponse(OK);
    if (answer == null) {
      answer = OASFactory.createAPIResponse().description("W" + DESCRIPTION.substring(1));
      ApiHeaders.ofSuccess(answer);
      type.schema(preview);
    } else {
      MediaType real = answer.getContent().getMediaType(JSON);
      answer.description(answer.getDescription() + "; or " + DESCRIPTION);
      type.schema(OASFactory.createSchema().oneOf(List.of(real.getSchema(), preview)))
          .addExample("made", OASFactory.createExample().value(real.getExample()));
    }
    type.addExample("dryRun", OASFactory.createExample().value(example));
    Content content = OASFactory.createContent().addMediaType(JSON, type);
    operation.getResponses().addAPIResponse(OK, answer.content(content));
  }
}
