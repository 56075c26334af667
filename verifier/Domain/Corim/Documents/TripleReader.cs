using IotAttest.Protocol;

namespace IotAttest.Domain.Corim.Documents;

/// <summary>triples-map with every triple that draft-11 defines.</summary>
internal static class TripleReader
{
    internal static ComidTriples Read(DocumentCursor cursor)
    {
        ComidTriples triples = new();
        List<long> others = [];
        int count = cursor.Fields(key =>
        {
            if (ReadKnown(cursor, key, triples) is { } read)
            {
                triples = read;
            }
            else
            {
                others.Add(key);
                cursor.Reader.Skip();
            }
        });
        ComidReader.Require(cursor, count > 0);
        return triples with { Others = others };
    }

    private static ComidTriples? ReadKnown(DocumentCursor cursor, long key, ComidTriples triples) => key switch
    {
        0 => triples with { Reference = cursor.List(1, ReadRecord) },
        1 => triples with { Endorsed = cursor.List(1, ReadRecord) },
        2 => triples with { Identity = cursor.List(1, ReadKeys) },
        3 => triples with { AttestKey = cursor.List(1, ReadKeys) },
        4 => triples with { Dependency = cursor.List(1, ReadRelation) },
        5 => triples with { Membership = cursor.List(1, ReadRelation) },
        6 => triples with { Coswid = cursor.List(1, ReadCoswid) },
        8 => triples with { Series = cursor.List(1, ReadSeries) },
        10 => triples with { Conditional = cursor.List(1, ReadConditional) },
        _ => null,
    };

    private static EnvironmentRecord ReadRecord(DocumentCursor cursor)
    {
        cursor.Open(2, 2);
        EnvironmentRecord record = new(EnvironmentReader.Read(cursor), cursor.List(1, MeasurementReader.Read));
        cursor.Reader.EndArray();
        return record;
    }

    private static KeyRecord ReadKeys(DocumentCursor cursor)
    {
        int parts = cursor.Open(2, 3);
        KeyRecord record = new(EnvironmentReader.Read(cursor), cursor.List(1, ValueReader.Key), null, []);
        if (parts == 3)
        {
            cursor.Fields(key =>
            {
                switch (key)
                {
                    case 0: record = record with { MeasurementKey = ValueReader.MeasurementKey(cursor) }; break;
                    case 1: record = record with { AuthorizedBy = cursor.List(1, ValueReader.Key) }; break;
                    default: cursor.Fail(DecodeStatus.NotAllowed); break;
                }
            });
        }

        cursor.Reader.EndArray();
        return record;
    }

    private static RelationRecord ReadRelation(DocumentCursor cursor)
    {
        cursor.Open(2, 2);
        RelationRecord record = new(EnvironmentReader.Read(cursor), cursor.List(1, EnvironmentReader.Read));
        cursor.Reader.EndArray();
        return record;
    }

    private static CoswidRecord ReadCoswid(DocumentCursor cursor)
    {
        cursor.Open(2, 2);
        CoswidRecord record = new(EnvironmentReader.Read(cursor), cursor.List(1, ValueReader.Id));
        cursor.Reader.EndArray();
        return record;
    }

    private static SeriesRecord ReadSeries(DocumentCursor cursor)
    {
        cursor.Open(2, 2);
        int parts = cursor.Open(2, 3);
        CorimEnvironment environment = EnvironmentReader.Read(cursor);
        List<Measurement> claims = cursor.List(0, MeasurementReader.Read);
        IReadOnlyList<CorimValue> authorizedBy = parts == 3 ? cursor.List(1, ValueReader.Key) : [];
        cursor.Reader.EndArray();
        SeriesRecord record = new(environment, claims, authorizedBy, cursor.List(1, ReadEntry));
        cursor.Reader.EndArray();
        return record;
    }

    private static SeriesEntry ReadEntry(DocumentCursor cursor)
    {
        cursor.Open(2, 2);
        SeriesEntry entry = new(cursor.List(1, MeasurementReader.Read), cursor.List(1, MeasurementReader.Read));
        cursor.Reader.EndArray();
        return entry;
    }

    private static ConditionalRecord ReadConditional(DocumentCursor cursor)
    {
        cursor.Open(2, 2);
        ConditionalRecord record = new(cursor.List(1, ReadRecord), cursor.List(1, ReadRecord));
        cursor.Reader.EndArray();
        return record;
    }
}
