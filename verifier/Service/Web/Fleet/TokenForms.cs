using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Web.Desk;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web.Fleet;

/// <summary>Tokens for gates: made and ended by forms.</summary>
internal static class TokenForms
{
    public static Task<IResult> AddAsync(HttpContext context, TokenRegistry registry, TimeProvider clock, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, PageResult.Of<TokensPage>(), form => AddAsync(form, Caller.Of(context.User), registry, clock, cancellation));

    public static Task<IResult> RevokeAsync(string id, HttpContext context, TokenRegistry registry, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, PageResult.Of<TokensPage>(), async form =>
        {
            Caller caller = Caller.Of(context.User);
            string organisation = OrganisationOf(caller, form["organisation"]);
            await registry.RevokeAsync(caller, organisation, id, cancellation);
            return DeskForm.After($"/fleet/tokens?organisation={Uri.EscapeDataString(organisation)}", "revoke");
        });

    /// <summary>The caller's own; the operator has none and names one.</summary>
    public static string OrganisationOf(Caller caller, string? named) => caller.Organisation ?? named ?? "";

    private static async Task<IResult> AddAsync(IFormCollection form, Caller caller, TokenRegistry registry, TimeProvider clock, CancellationToken cancellation)
    {
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
}
