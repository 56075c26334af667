namespace IotAttest.Browser.Tests;

/// <summary>Visits of people who signed in.</summary>
internal static class DeskVisits
{
    public static string TokenOf(HttpClient client) => client.DefaultRequestHeaders.Authorization!.Parameter!;

    /// <summary>Opens a window and signs in through the form.</summary>
    public static async Task<Visit> SignedInAsync(this Stage stage, Uri address, HttpClient person, Look look)
    {
        Visit visit = await stage.VisitAsync(address, look);
        await visit.GoAsync("/sign-in?returnTo=/desk");
        await visit.Page.Locator("#token").FillAsync(TokenOf(person));
        await visit.Page.Locator("#token").PressAsync("Enter");
        await visit.Page.ArrivesAsync("**/desk");
        return visit;
    }

    /// <summary>Opens a part that is folded up.</summary>
    public static Task UnfoldAsync(this Visit visit, string summary) =>
        visit.Page.Locator("summary").GetByText(summary, new() { Exact = true }).ClickAsync();
}
