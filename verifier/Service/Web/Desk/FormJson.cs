using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Service.Audit;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web.Desk;

/// <summary>A form as the JSON that the API takes for the same thing: one set of rules, and one reason on record.</summary>
internal sealed class FormJson(IFormCollection form)
{
    private readonly JsonObject _json = [];

    /// <summary>Fields that are texts; an empty one is left out.</summary>
    public FormJson Texts(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            // Line breaks of a text field are blanks: the API takes no control characters.
            if (string.Join(' ', form[name].ToString().Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)).Trim() is { Length: > 0 } text)
            {
                _json[name] = text;
            }
        }

        return this;
    }

    /// <summary>A field with one text on each line.</summary>
    public FormJson Lines(string name)
    {
        string[] lines = form[name].ToString().Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length > 0)
        {
            _json[name] = new JsonArray([.. lines.Select(line => (JsonNode?)JsonValue.Create(line))]);
        }

        return this;
    }

    /// <summary>A box that is ticked or not; not ticked is left out.</summary>
    public FormJson Flag(string name)
    {
        if (form[name].Count > 0)
        {
            _json[name] = true;
        }

        return this;
    }

    public FormJson Number(string name)
    {
        if (form[name].ToString() is { Length: > 0 } text)
        {
            _json[name] = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : text;
        }

        return this;
    }

    public FormJson With(string name, JsonNode value)
    {
        _json[name] = value;
        return this;
    }

    /// <summary>The body as a route of the API would read it; its reason goes on record.</summary>
    public ReadOnlyMemory<byte> Read(HttpContext context)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(_json);
        context.Features.Get<AuditTrail>()?.ReadReason(body);
        return body;
    }
}
