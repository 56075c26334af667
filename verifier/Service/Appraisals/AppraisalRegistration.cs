using System.Data.Common;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Policies;
using IotAttest.Service.Access;
using IotAttest.Service.Storage;
using IotAttest.Service.Storage.Sharing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Appraisals;

/// <summary>Policies, replay and the vocabulary of verdicts.</summary>
internal static class AppraisalRegistration
{
    public static IServiceCollection AddAppraisals(this IServiceCollection services) => services
        .AddSingleton(Load)
        .AddSingleton<PolicyRegistry>()
        .AddSingleton<IStoreFollower, PolicyFollower>()
        .AddSingleton<AppraisalRecorder>()
        .AddSingleton<Replay>();

    public static void MapAppraisals(this IEndpointRouteBuilder routes)
    {
        routes.MapPolicies();
        routes.MapReplay();
        routes.MapGet("/v1/vocabulary", (HttpContext context) => TypedResults.Ok(VocabularyView.Of(RequestLanguage.Of(context)))).WithTags("Appraisals").ForAnybody();
    }

    private static PolicyDirectory Load(IServiceProvider services)
    {
        using DbConnection connection = services.GetRequiredService<Database>().Open();
        return new PolicyDirectory(services.GetRequiredService<AppraisalPolicy>(), [.. ShippedPolicies.All, .. PolicyTable.List(connection).Select(PolicyTable.Read)]);
    }
}
