using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Registry;

/// <summary>Searches certificates in the database. What was typed only ever travels as a parameter.</summary>
internal static class SearchTable
{
    private const string Columns = """
        SELECT c.rowid AS Row, c.id, c.scheme, c.level, c.categories, c.body, c.valid_until AS ValidUntil, b.manufacturer AS Holder, b.product_name AS Product, b.version, b.id AS Build,
        """;

    // Past decisions are looked up one certificate at a time, over their index.
    private const string StatusThen = "(SELECT e.status FROM certificate_events e WHERE e.certificate_id = c.id AND e.at <= @at ORDER BY e.seq DESC LIMIT 1)";

    private const string Filters = """
        Status IS NOT NULL AND (@Scheme IS NULL OR scheme = @Scheme) AND (@Level IS NULL OR level = @Level) AND (@status IS NULL OR Status = @status)
          AND (@Holder IS NULL OR Holder = @Holder) AND (@category IS NULL OR instr(',' || categories || ',', @category) > 0)
          AND (@anywhere = 1 OR scheme IN @schemes)
        """;

    public static List<SearchRow> Page(DbConnection connection, SearchQuery query, DateTimeOffset now) => connection
        .Query<SearchRow>($"WITH found AS ({Found(query)}) SELECT * FROM found WHERE {Filters} ORDER BY Row DESC LIMIT @Limit OFFSET @Offset", Parameters(query, now))
        .AsList();

    /// <summary>All that the text finds, counted by what one can filter by; the filters are applied by whoever reads this.</summary>
    public static List<SearchGroup> Groups(DbConnection connection, SearchQuery query, DateTimeOffset now) => connection
        .Query<SearchGroup>(
            $"WITH found AS ({Found(query)}) SELECT scheme, level, Status, categories, Holder, count(*) AS Count FROM found WHERE Status IS NOT NULL GROUP BY scheme, level, Status, categories, Holder",
            Parameters(query, now))
        .AsList();

    private static string Found(SearchQuery query)
    {
        string status = query.At is null ? "c.status" : StatusThen;
        return $"""
            {Columns} CASE WHEN {status} IN (1, 2) AND c.valid_until < @at THEN 6 ELSE {status} END AS Status
            FROM certificates c JOIN builds b ON b.id = c.build_id
            WHERE {Condition(query.Text)}
            """;
    }

    private static string Condition(SearchText text)
    {
        if (text.Digest is not null)
        {
            return "(c.corim_sha256 = @digest OR c.build_id IN (SELECT id FROM builds WHERE manifest_sha256 = @digest UNION SELECT build_id FROM build_components WHERE sha256 = @digest))";
        }

        if (text.Uuid is not null)
        {
            return "(b.id = @uuid OR b.class = @class)";
        }

        StringBuilder condition = new("1 = 1");
        for (int i = 0; i < text.Words.Count; i++)
        {
            condition.Append(CultureInfo.InvariantCulture, $" AND (lower(c.id) LIKE @w{i} ESCAPE '\\' OR lower(b.product_name) LIKE @w{i} ESCAPE '\\' OR lower(b.manufacturer) LIKE @w{i} ESCAPE '\\' OR lower(b.version) LIKE @w{i} ESCAPE '\\' OR lower(c.body) LIKE @w{i} ESCAPE '\\')");
        }

        return condition.ToString();
    }

    private static DynamicParameters Parameters(SearchQuery query, DateTimeOffset now)
    {
        DynamicParameters parameters = new(new
        {
            at = (query.At ?? now).ToUnixTimeMilliseconds(),
            query.Scheme,
            query.Level,
            status = (long?)query.Status,
            query.Holder,
            category = query.Category is null ? null : $",{query.Category},",
            anywhere = query.SchemesOfJurisdiction is null,
            schemes = query.SchemesOfJurisdiction ?? [],
            query.Limit,
            query.Offset,
            digest = query.Text.Digest?.ToBytes(),
            uuid = query.Text.Uuid?.ToString(),
            @class = query.Text.Uuid?.ToByteArray(bigEndian: true),
        });
        for (int i = 0; i < query.Text.Words.Count; i++)
        {
            parameters.Add(string.Create(CultureInfo.InvariantCulture, $"w{i}"), $"%{Escape(AsciiText.ToLower(query.Text.Words[i]))}%");
        }

        return parameters;
    }

    private static string Escape(string word) => word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
