using System.Net;
using System.Text.RegularExpressions;

namespace IotAttest.Service.Tests;

/// <summary>A browser without JavaScript: keeps cookies, says its origin, sends the token of the form at hand and follows nothing by itself.</summary>
internal sealed partial class SignedIn : IDisposable
{
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false };

    public SignedIn(Uri address)
    {
        Http = new HttpClient(_handler) { BaseAddress = address };
        Http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        Origin = address.GetLeftPart(UriPartial.Authority);
    }

    public HttpClient Http { get; }

    public string Origin { get; set; }

    public CookieContainer Cookies => _handler.CookieContainer;

    public static async Task<SignedIn> InAsync(VerifierUnderTest verifier, string token)
    {
        SignedIn browser = new(verifier.Address);
        using HttpResponseMessage response = await browser.SignInAsync(token);
        Assert.Equal(303, (int)response.StatusCode);
        return browser;
    }

    public async Task<HttpResponseMessage> SignInAsync(string token, string returnTo = "") =>
        await PostAsync("/sign-in", new() { ["token"] = token, ["returnTo"] = returnTo }, await FormTokenAsync("/sign-in"));

    /// <summary>The token of the forms on a page.</summary>
    public async Task<string> FormTokenAsync(string path)
    {
        string html = await Http.GetStringAsync(new Uri(path, UriKind.Relative));
        return FormToken().Match(html).Groups[1].Value;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(new Uri(path, UriKind.Relative));

    public async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> fields, string formToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new FormUrlEncodedContent(new Dictionary<string, string>(fields) { ["formToken"] = formToken }) };
        if (Origin.Length > 0)
        {
            request.Headers.Add("Origin", Origin);
        }

        return await Http.SendAsync(request);
    }

    public void Dispose()
    {
        Http.Dispose();
        _handler.Dispose();
    }

    [GeneratedRegex("name=\"formToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
