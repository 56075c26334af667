using System.Reflection;

// The version that the inventory of a board names; the same as in nf.proj.props.
[assembly: AssemblyVersion("0.1.0.0")]
