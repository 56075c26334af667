namespace IotAttest.Domain.Advisories;

/// <summary>The format of an advisory. The numbers are stored.</summary>
public enum AdvisoryFormat
{
    /// <summary>Common Security Advisory Framework 2.0 (ISO/IEC 20153).</summary>
    Csaf = 1,

    /// <summary>OpenVEX 0.2.0.</summary>
    OpenVex = 2,
}
