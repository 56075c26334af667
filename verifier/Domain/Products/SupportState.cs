namespace IotAttest.Domain.Products;

/// <summary>How the support of a product stands at a moment.</summary>
public enum SupportState
{
    /// <summary>No end of support was published.</summary>
    NotStated = 1,

    /// <summary>Supported, and for more than the time of warning.</summary>
    Supported = 2,

    /// <summary>Supported, and the end is near: see <see cref="Appraisal.SupportTerm.Notice"/>.</summary>
    Ending = 3,

    /// <summary>Past the last day.</summary>
    Ended = 4,
}
