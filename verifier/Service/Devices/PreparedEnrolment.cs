using System.Data.Common;
using IotAttest.Service.Access;

namespace IotAttest.Service.Devices;

/// <summary>One enrolment that waits for its change of the store: an admitted record, or a step that ends in an outcome.</summary>
internal sealed class PreparedEnrolment
{
    private PreparedEnrolment()
    {
    }

    /// <summary>The record and who brought it; null for a step.</summary>
    public (Caller Caller, EnrolmentRecord Record)? Admitted { get; private init; }

    /// <summary>Ends in an outcome by itself; never for a record.</summary>
    public Func<DbConnection, DbTransaction, EnrolmentOutcome> Step { get; private init; } = (_, _) => throw new InvalidOperationException("A record is no step.");

    public static PreparedEnrolment Of(Caller caller, EnrolmentRecord record) => new() { Admitted = (caller, record) };

    public static PreparedEnrolment Of(Func<DbConnection, DbTransaction, EnrolmentOutcome> step) => new() { Step = step };

    public static PreparedEnrolment Refused(EnrolmentOutcome outcome) => new() { Step = (_, _) => outcome };
}
