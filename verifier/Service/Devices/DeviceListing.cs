using System.Data.Common;
using Dapper;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Appraisal.Texts;
using IotAttest.Protocol;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Devices;

/// <summary>Lists devices in the order of enrolment. Verdicts depend on the clock, so the filters on them are applied row by row.</summary>
internal sealed class DeviceListing(Database database, DeviceDirectory directory, VerdictSource verdicts)
{
    private const int RowsPerRead = 1_000;

    /// <summary>Bounds the work of one request: a page may be short and still have a next one.</summary>
    private const int MaxRowsPerPage = 100_000;

    private const string Select = """
        SELECT id, ueid FROM devices
        WHERE id > @after
          AND (@classId IS NULL OR class = @classId)
          AND (@organisation IS NULL OR manufacturer = @organisation)
          AND (@group IS NULL OR fleet_group = @group)
          AND (@seesAll = 1 OR manufacturer = @maker OR owner = @owner)
        ORDER BY id LIMIT @rows
        """;

    public DevicePage List(Caller caller, DeviceFilter filter, Language language)
    {
        using DbConnection connection = database.Open();
        List<DeviceView> found = [];
        long after = filter.Paging.Cursor ?? 0;
        for (int read = 0; read < MaxRowsPerPage; read += RowsPerRead)
        {
            List<(long Id, byte[] Ueid)> rows = connection.Query<(long, byte[])>(Select, Parameters(caller, filter, after)).AsList();
            foreach ((long id, byte[] ueid) in rows)
            {
                after = id;
                if (View(ueid, filter, language) is { } view)
                {
                    found.Add(view);
                }

                if (found.Count == filter.Paging.Limit)
                {
                    return new DevicePage(found, Paging.CursorOf(after));
                }
            }

            if (rows.Count < RowsPerRead)
            {
                return new DevicePage(found, null);
            }
        }

        return new DevicePage(found, Paging.CursorOf(after));
    }

    private DeviceView? View(byte[] ueid, DeviceFilter filter, Language language)
    {
        // A row that was committed a moment ago may not be in memory yet: the next list has it.
        if (!directory.TryFindByUeid(Ueid.ToHex(ueid), out DeviceEntry? device))
        {
            return null;
        }

        Verdict verdict = verdicts.Of(device);
        return filter.Fits(verdict) ? DeviceView.Of(device, verdict, language) : null;
    }

    private static object Parameters(Caller caller, DeviceFilter filter, long after)
    {
        bool seesAll = DeviceSight.CanSeeAll(caller);
        return new
        {
            after,
            classId = filter.ClassId?.ToByteArray(bigEndian: true),
            organisation = filter.Organisation,
            group = filter.Group,
            seesAll,
            maker = caller.Has(Roles.Manufacturer) ? caller.Organisation : null,
            owner = caller.Has(Roles.Integrator) ? caller.Organisation : null,
            rows = RowsPerRead,
        };
    }
}
