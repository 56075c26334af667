using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.OpenApi;

namespace IotAttest.Service.Access;

/// <summary>What the OpenAPI document says of every route alike: the login, and the refusals that do not come from the route itself.</summary>
internal static class AccessDescription
{
    private const string Scheme = "bearer";

    public static void DescribeAccess(this OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = Scheme,
                Description = "A token of an organisation, the operator's token, or a JWT of the OIDC issuer that the operator named.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context.Document!, context.Description.ActionDescriptor.EndpointMetadata);
            return Task.CompletedTask;
        });
    }

    private static void Describe(OpenApiOperation operation, OpenApiDocument document, IList<object> metadata)
    {
        if (metadata.OfType<RequiredRoles>().FirstOrDefault() is { } required)
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
            Add(operation, "401", "No login, or one that is not known.");
            Add(operation, "403", $"Needs the role {string.Join(" or ", required.Roles)}, for what it is about.");
        }

        if (operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Path) == true)
        {
            Add(operation, "404", "There is nothing of that name that you may see.");
        }

        if (metadata.OfType<IAcceptsMetadata>().Any())
        {
            Add(operation, "400", "The body is not understood.");
            Add(operation, "413", "The body is too large.");
            Add(operation, "415", "The media type does not fit.");
        }

        if (metadata.OfType<EnableRateLimitingAttribute>().Any())
        {
            Add(operation, "429", "More requests from this address than it may send.");
        }
    }

    private static void Add(OpenApiOperation operation, string status, string description)
    {
        operation.Responses ??= [];
        operation.Responses.TryAdd(status, new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType> { [Problems.Problem.MediaType] = new() },
        });
    }
}
