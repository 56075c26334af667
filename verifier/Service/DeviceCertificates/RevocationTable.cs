using System.Data.Common;
using System.Numerics;
using Dapper;
using IotAttest.Domain.Devices.Certificates;

namespace IotAttest.Service.DeviceCertificates;

/// <summary>The newest revocation list of each issuer in the database; the decoded ones are kept while they are the newest.</summary>
/// <remarks>Used on the writer thread only: what it reads is what the running transaction sees.</remarks>
internal sealed class RevocationTable
{
    private readonly Dictionary<(string Ca, string IssuerKey), (BigInteger Number, RevocationList List)> _decoded = [];

    /// <summary>The number of the newest list; null when the issuer never gave one.</summary>
    public static BigInteger? NumberOf(DbConnection connection, DbTransaction? transaction, string ca, string issuerKey) =>
        connection.QuerySingleOrDefault<byte[]>("SELECT number FROM device_crls WHERE ca_id = @ca AND issuer_key = @issuer", Key(ca, issuerKey), transaction) is { } number
            ? new BigInteger(number, isUnsigned: true, isBigEndian: true)
            : null;

    /// <summary>The newest list; null when the issuer never gave one.</summary>
    public RevocationList? Find(DbConnection connection, DbTransaction transaction, string ca, string issuerKey)
    {
        if (NumberOf(connection, transaction, ca, issuerKey) is not { } number)
        {
            return null;
        }

        if (!_decoded.TryGetValue((ca, issuerKey), out (BigInteger Number, RevocationList List) known) || known.Number != number)
        {
            byte[] der = connection.QuerySingle<byte[]>("SELECT crl FROM device_crls WHERE ca_id = @ca AND issuer_key = @issuer", Key(ca, issuerKey), transaction);
            RevocationList.TryDecode(der, out RevocationList? list);
            known = _decoded[(ca, issuerKey)] = (number, list!);
        }

        return known.List;
    }

    public static void Write(DbConnection connection, DbTransaction transaction, string ca, string issuerKey, RevocationList list, byte[] der, long now) => connection.Execute(
        """
        INSERT INTO device_crls (ca_id, issuer_key, number, this_update, next_update, crl, added_at) VALUES (@ca, @issuer, @number, @thisUpdate, @nextUpdate, @der, @now)
        ON CONFLICT (ca_id, issuer_key) DO UPDATE SET
            number = excluded.number, this_update = excluded.this_update, next_update = excluded.next_update, crl = excluded.crl, added_at = excluded.added_at
        """,
        new
        {
            ca,
            issuer = Convert.FromHexString(issuerKey),
            number = list.Number.ToByteArray(isUnsigned: true, isBigEndian: true),
            thisUpdate = list.ThisUpdate.ToUnixTimeMilliseconds(),
            nextUpdate = list.NextUpdate.ToUnixTimeMilliseconds(),
            der,
            now,
        },
        transaction);

    /// <summary>The lists of a root, for people.</summary>
    public static List<(byte[] IssuerKey, byte[] Number, long ThisUpdate, long NextUpdate)> Of(DbConnection connection, string ca) => connection
        .Query<(byte[], byte[], long, long)>("SELECT issuer_key, number, this_update, next_update FROM device_crls WHERE ca_id = @ca ORDER BY issuer_key", new { ca })
        .AsList();

    private static object Key(string ca, string issuerKey) => new { ca, issuer = Convert.FromHexString(issuerKey) };
}
