using IotAttest.Service.Access;
using IotAttest.Service.Access.Sessions;
using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web.Fleet;

/// <summary>Tokens for gates: made and ended by forms.</summary>
internal static class TokenForms
{
    public static async Task<PageResult> AddAsync(HttpContext context, TokenRegistry registry, TimeProvider clock, CancellationToken cancellation)
    {
        Caller caller = Caller.Of(context.User);
        IFormCollection form = await FormGuard.ReadAsync(context);
        int days = int.TryParse(form["days"], out int wanted) && wanted is 30 or 90 or 365 ? wanted : 90;
        TokenRequest request = TokenRequest.Parse(
            FormFields.Json(new()
            {
                ["name"] = form["name"].ToString().Trim(),
                ["roles"] = new[] { caller.Has(Roles.Integrator) ? Roles.Integrator : Roles.Manufacturer },
                ["expiresAt"] = UtcText.Of(clock.GetUtcNow().AddDays(days)),
            }),
            clock.GetUtcNow());
        (AccessTokenRow row, string token) = await registry.AddAsync(caller, OrganisationOf(caller, form["organisation"]), request, cancellation);
        return PageResult.Of<TokensPage>((nameof(TokensPage.NewName), row.Name), (nameof(TokensPage.NewToken), token));
    }

    public static async Task<SeeOther> RevokeAsync(string id, HttpContext context, TokenRegistry registry, CancellationToken cancellation)
    {
        Caller caller = Caller.Of(context.User);
        string organisation = OrganisationOf(caller, (await FormGuard.ReadAsync(context))["organisation"]);
        await registry.RevokeAsync(caller, organisation, id, cancellation);
        return SeeOther.To($"/fleet/tokens?done=revoke&organisation={Uri.EscapeDataString(organisation)}");
    }

    /// <summary>The caller's own; the operator has none and names one.</summary>
    public static string OrganisationOf(Caller caller, string? named) => caller.Organisation ?? named ?? "";
}
